package io.parquetflow.agent.weave;

import java.util.List;
import java.util.Set;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.OffsetMapping;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.ParameterDescription;
import net.bytebuddy.description.method.ParameterList;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.implementation.bytecode.constant.IntegerConstant;

/**
 * Which argument of a method holds the payload: the last one of a type that can, since variables that a lambda captured come
 * before its own arguments.
 *
 * <p>Thread-safe: immutable.
 */
final class PayloadArgument implements OffsetMapping {
    private static final Set<String> PAYLOADS = Set.of(
            "byte[]",
            "java.nio.ByteBuffer",
            "java.lang.CharSequence",
            "java.lang.String",
            "java.lang.StringBuilder",
            "io.netty.buffer.ByteBuf",
            "org.agrona.DirectBuffer",
            "org.agrona.MutableDirectBuffer",
            "org.agrona.concurrent.UnsafeBuffer",
            "org.apache.mina.core.buffer.IoBuffer",
            "java.lang.foreign.MemorySegment");

    /** Behind the payload. */
    enum Place {
        ITSELF,
        FROM,
        LENGTH
    }

    private final Place place;
    private final boolean takesAnyType;

    PayloadArgument(Place place, boolean takesAnyType) {
        this.place = place;
        this.takesAnyType = takesAnyType;
    }

    /** Index of the payload; negative when no argument can be one. */
    static int index(MethodDescription method, boolean takesAnyType) {
        ParameterList<?> all = method.getParameters();
        for (int i = all.size() - 1; i >= 0; i--) {
            TypeDescription type = all.get(i).getType().asErasure();
            if (PAYLOADS.contains(name(type)) || (takesAnyType && !type.isPrimitive())) {
                return i;
            }
        }
        return -1;
    }

    /** Whether two numbers behind the payload say where it lies. */
    static boolean isPart(MethodDescription method) {
        int index = index(method, false);
        List<?> all = method.getParameters();
        return index >= 0
                && index + 2 < all.size()
                && isInt(method.getParameters().get(index + 1))
                && isInt(method.getParameters().get(index + 2));
    }

    private static boolean isInt(ParameterDescription parameter) {
        return parameter.getType().represents(int.class);
    }

    /** As it is written in a source. */
    static String name(TypeDescription type) {
        return type.isArray() ? name(type.getComponentType()) + "[]" : type.getName();
    }

    @Override
    public Target resolve(
            TypeDescription instrumentedType,
            MethodDescription method,
            Assigner assigner,
            Advice.ArgumentHandler handler,
            Sort sort) {
        int index = index(method, takesAnyType);
        if (place != Place.ITSELF) {
            if (!isPart(method)) {
                return new Target.ForStackManipulation(IntegerConstant.ZERO);
            }
            index += place == Place.FROM ? 1 : 2;
        }
        ParameterDescription argument = method.getParameters().get(index);
        return new Target.ForVariable.ReadOnly(
                argument.getType(), handler.argument(argument.getOffset()), StackManipulation.Trivial.INSTANCE);
    }
}
