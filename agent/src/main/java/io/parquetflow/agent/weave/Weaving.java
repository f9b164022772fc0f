package io.parquetflow.agent.weave;

import static net.bytebuddy.matcher.ElementMatchers.named;

import io.parquetflow.agent.tap.Arguments;
import java.lang.instrument.Instrumentation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.agent.builder.AgentBuilder.RedefinitionStrategy;
import net.bytebuddy.agent.builder.ResettableClassFileTransformer;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.ParameterDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.scaffold.InstrumentedType;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.JavaModule;

/**
 * Puts advice into classes, loaded ones and those to come, and takes it out again. A transformer for each tap and pointcut,
 * and one class at a time: what the JVM refuses about one class spoils no other.
 *
 * <p>Thread-safe.
 */
final class Weaving {
    private final Instrumentation instrumentation;
    private final BootClasses boot;
    private final TypePool advice;
    private final BiConsumer<String, Throwable> problems;
    private final Map<String, ResettableClassFileTransformer> transformers = new LinkedHashMap<>();

    /** @param problems told the class, and what was thrown */
    Weaving(Instrumentation instrumentation, BootClasses boot, BiConsumer<String, Throwable> problems) {
        this.instrumentation = instrumentation;
        this.boot = boot;
        this.problems = problems;
        this.advice = TypePool.Default.of(boot.locator());
    }

    /**
     * Weaves by some rules; all of one tap or pointcut.
     *
     * @param name of the tap or pointcut
     * @param rules at least one
     * @param takesJdk whether classes of the JDK are looked at
     */
    synchronized void add(String name, List<Rule> rules, boolean takesJdk) {
        AgentBuilder builder = new AgentBuilder.Default(new ByteBuddy()
                        .with(TypeValidation.DISABLED)
                        .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
                        .with(InstrumentedType.Factory.Default.FROZEN))
                .disableClassFormatChanges()
                .with(RedefinitionStrategy.RETRANSFORMATION)
                .with(RedefinitionStrategy.BatchAllocator.ForFixedSize.ofSize(1))
                .with(new Refusals(rules))
                .with(AgentBuilder.TypeStrategy.Default.DECORATE)
                .with(AgentBuilder.PoolStrategy.Default.EXTENDED) // names of arguments
                .with(AgentBuilder.DescriptionStrategy.Default.POOL_ONLY)
                .with(new Failures(rules))
                .ignore((type, loader, module, loaded, domain) -> isNotToBeWoven(loader, takesJdk));
        for (Rule rule : rules) {
            builder = builder.type(rule.types())
                    .transform((to, type, loader, module, domain) -> weave(to, type, loader, rule));
        }
        transformers.put(name, builder.installOn(instrumentation));
    }

    private static boolean isNotToBeWoven(ClassLoader loader, boolean takesJdk) {
        if (loader == Weaving.class.getClassLoader()) {
            return true; // ourselves
        }
        return !takesJdk && (loader == null || loader == ClassLoader.getPlatformClassLoader());
    }

    private DynamicType.Builder<?> weave(
            DynamicType.Builder<?> to, TypeDescription type, ClassLoader loader, Rule rule) {
        ElementMatcher.Junction<MethodDescription> body = ElementMatchers.<MethodDescription>isMethod()
                .and(ElementMatchers.not(ElementMatchers.isAbstract().or(ElementMatchers.isNative())));
        ElementMatcher.Junction<MethodDescription> methods = body.and(rule.methods());
        if (rule.columns() != null) {
            methods = methods.and(method -> rule.columns().test(arguments(method)));
        }
        List<MethodDescription.InDefinedShape> woven = type.getDeclaredMethods().filter(methods);
        if (woven.isEmpty()) {
            return to;
        }
        String where = place(type.getName(), loader);
        woven.forEach(method -> rule.point().wove(where + method.getInternalName() + method.getDescriptor()));
        if (rule.advice() == PositionMoves.class) {
            return to.visit(new AsmVisitorWrapper.ForDeclaredMethods()
                    .invokable(methods, new PositionMoves(rule.point().id(), boot.dispatcher()))
                    .writerFlags(ClassWriter.COMPUTE_MAXS));
        }
        Advice.WithCustomMapping mapping = Advice.withCustomMapping()
                .bind(PointId.class, rule.point().id())
                .bind(Payload.class, new PayloadArgument(PayloadArgument.Place.ITSELF, rule.takesAnyType()))
                .bind(PayloadFrom.class, new PayloadArgument(PayloadArgument.Place.FROM, rule.takesAnyType()))
                .bind(PayloadLength.class, new PayloadArgument(PayloadArgument.Place.LENGTH, rule.takesAnyType()));
        if (rule.ownerField() != null) {
            FieldDescription owner =
                    type.getDeclaredFields().filter(named(rule.ownerField())).getOnly();
            mapping = mapping.bind(OwnerField.class, owner);
        }
        TypeDescription described = advice.describe(rule.advice().getName()).resolve();
        return to.visit(mapping.to(described, boot.locator()).on(methods));
    }

    private static String place(String type, ClassLoader loader) {
        return type + '@' + System.identityHashCode(loader) + '#';
    }

    /** It was counted when its methods were looked at. */
    private void failed(List<Rule> rules, String type, ClassLoader loader, Throwable problem) {
        rules.forEach(rule -> rule.point().unwove(place(type, loader)));
        problems.accept(type, problem);
    }

    private static Arguments arguments(MethodDescription method) {
        return Arguments.of(
                method.getParameters().stream()
                        .map(parameter ->
                                PayloadArgument.name(parameter.getType().asErasure()))
                        .toList(),
                method.getParameters().stream()
                        .map(ParameterDescription::getName)
                        .toList());
    }

    /** Names of what is woven. */
    synchronized Set<String> names() {
        return Set.copyOf(transformers.keySet());
    }

    /** The classes of a tap or pointcut as they were. */
    synchronized void remove(String name) {
        ResettableClassFileTransformer transformer = transformers.remove(name);
        if (transformer != null) {
            transformer.reset(
                    instrumentation,
                    RedefinitionStrategy.RETRANSFORMATION,
                    RedefinitionStrategy.BatchAllocator.ForFixedSize.ofSize(1),
                    new Refusals(List.of()));
        }
    }

    private final class Failures extends AgentBuilder.Listener.Adapter {
        private final List<Rule> rules;

        Failures(List<Rule> rules) {
            this.rules = rules;
        }

        @Override
        public void onError(String type, ClassLoader loader, JavaModule module, boolean loaded, Throwable problem) {
            failed(rules, type, loader, problem);
        }
    }

    private final class Refusals extends RedefinitionStrategy.Listener.Adapter {
        private final List<Rule> rules;

        Refusals(List<Rule> rules) {
            this.rules = rules;
        }

        @Override
        public Iterable<? extends List<Class<?>>> onError(
                int index, List<Class<?>> batch, Throwable problem, List<Class<?>> types) {
            batch.forEach(type -> failed(rules, type.getName(), type.getClassLoader(), problem));
            return List.of();
        }

        @Override
        public void onComplete(int amount, List<Class<?>> types, Map<List<Class<?>>, Throwable> failures) {
            // told one by one
        }
    }
}
