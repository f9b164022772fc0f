package io.parquetflow.agent.weave;

import static net.bytebuddy.matcher.ElementMatchers.failSafe;
import static net.bytebuddy.matcher.ElementMatchers.hasSuperType;
import static net.bytebuddy.matcher.ElementMatchers.isInterface;
import static net.bytebuddy.matcher.ElementMatchers.not;

import io.parquetflow.agent.config.Pointcut;
import io.parquetflow.agent.tap.Capture;
import io.parquetflow.agent.tap.Direction;
import io.parquetflow.agent.tap.Point;
import io.parquetflow.agent.tap.Reading;
import java.util.List;
import java.util.regex.Pattern;
import net.bytebuddy.description.NamedElement;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.ParameterList;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * From a pointcut to rules. Where the payload is two numbers tell of, it is another rule, and another place, than where it is
 * the whole of an argument.
 *
 * <p>Thread-safe: stateless.
 */
final class PointcutRules {
    private PointcutRules() {}

    static List<Rule> of(Pointcut pointcut, Capture capture) {
        ElementMatcher<TypeDescription> types = types(pointcut);
        ElementMatcher<MethodDescription> methods = method -> matches(pointcut, method);
        String stream = pointcut.stream();
        if (pointcut.isTyped()) {
            Point point = capture.add(stream, Direction.IN, Reading.ARGUMENTS);
            return List.of(new Rule(
                    point, types, methods, ArgumentsAdvice.class, null, false, of -> capture.columns(point, of)));
        }
        if (Pointcut.RETURN.equals(pointcut.part())) {
            Point point = capture.add(stream, Direction.OUT, Reading.WHOLE);
            return List.of(new Rule(point, types, methods, ReturnAdvice.class, null, false));
        }
        if (pointcut.part() != null) {
            Point point = capture.add(stream, Direction.IN, Reading.WHOLE, pointcut.part());
            ElementMatcher<MethodDescription> any =
                    method -> matches(pointcut, method) && PayloadArgument.index(method, true) >= 0;
            return List.of(new Rule(point, types, any, PayloadAdvice.class, null, true));
        }
        ElementMatcher<MethodDescription> whole = method -> matches(pointcut, method)
                && PayloadArgument.index(method, false) >= 0
                && !PayloadArgument.isPart(method);
        ElementMatcher<MethodDescription> part = method -> matches(pointcut, method) && PayloadArgument.isPart(method);
        return List.of(
                new Rule(
                        capture.add(stream, Direction.IN, Reading.WHOLE),
                        types,
                        whole,
                        PayloadAdvice.class,
                        null,
                        false),
                new Rule(
                        capture.add(stream, Direction.IN, Reading.PART),
                        types,
                        part,
                        PayloadAdvice.class,
                        null,
                        false));
    }

    private static ElementMatcher<TypeDescription> types(Pointcut pointcut) {
        ElementMatcher<NamedElement> name = type -> isMatch(pointcut.typePattern(), type.getActualName());
        return pointcut.isSuperType()
                ? failSafe(hasSuperType(name).and(not(isInterface())))
                : type -> isMatch(pointcut.typePattern(), type.getName());
    }

    /** A dot stands for the dollar of a nested class, too. */
    private static boolean isMatch(Pattern pattern, String name) {
        return pattern.matcher(name).matches()
                || (name.indexOf('$') >= 0
                        && pattern.matcher(name.replace('$', '.')).matches());
    }

    /** What a lambda captured comes before its own arguments. */
    private static boolean matches(Pointcut pointcut, MethodDescription method) {
        if (!pointcut.methodPattern().matcher(method.getActualName()).matches()) {
            return false;
        }
        if (pointcut.isTyped()) {
            return true;
        }
        ParameterList<?> all = method.getParameters();
        List<String> wanted = pointcut.arguments();
        int before = all.size() - wanted.size();
        if (before < 0 || (before > 0 && !method.getActualName().startsWith("lambda$"))) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            String name = PayloadArgument.name(all.get(before + i).getType().asErasure());
            if (!name.equals(wanted.get(i)) && !name.replace('$', '.').equals(wanted.get(i))) {
                return false;
            }
        }
        return true;
    }
}
