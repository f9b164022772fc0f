package io.parquetflow.agent.weave;

import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Puts a call before each place where an Aeron image moves its position on: what lies between the old position and the new one
 * was handed out, and is still there. Behind that place it is the publisher's again, who writes over it, so that no advice at
 * a method's end will do.
 *
 * <p>Thread-safe: immutable.
 */
final class PositionMoves implements AsmVisitorWrapper.ForDeclaredMethods.MethodVisitorWrapper {
    private static final String POSITION = "org/agrona/concurrent/status/Position";
    private static final String MOVES = "(J)V";
    private static final String BUFFERS = "termBuffers";

    private final int point;
    private final Class<?> dispatcher;

    PositionMoves(int point, Class<?> dispatcher) {
        this.point = point;
        this.dispatcher = dispatcher;
    }

    @Override
    public MethodVisitor wrap(
            TypeDescription type,
            MethodDescription method,
            MethodVisitor visitor,
            Implementation.Context context,
            TypePool typePool,
            int writerFlags,
            int readerFlags) {
        String buffers = type.getDeclaredFields()
                .filter(field -> field.getName().equals(BUFFERS))
                .getOnly()
                .getDescriptor();
        return new MethodVisitor(OpenedClassReader.ASM_API, visitor) {
            @Override
            public void visitMethodInsn(int code, String owner, String name, String descriptor, boolean isInterface) {
                if (owner.equals(POSITION) && descriptor.equals(MOVES)) {
                    before(mv, type.getInternalName(), buffers);
                }
                super.visitMethodInsn(code, owner, name, descriptor, isInterface);
            }
        };
    }

    /** On the stack lie the position and its new value, and are left there. */
    private void before(MethodVisitor to, String type, String buffers) {
        to.visitInsn(Opcodes.DUP2_X1);
        to.visitInsn(Opcodes.POP2); // value, position
        to.visitInsn(Opcodes.DUP_X2);
        to.visitInsn(Opcodes.DUP_X2);
        to.visitInsn(Opcodes.POP); // position, position, value
        to.visitInsn(Opcodes.DUP2_X1); // position, value, position, value
        to.visitInsn(Opcodes.DUP2_X1);
        to.visitInsn(Opcodes.POP2); // position, value, value, position
        to.visitMethodInsn(Opcodes.INVOKEVIRTUAL, POSITION, "get", "()J", false);
        to.visitVarInsn(Opcodes.ALOAD, 0);
        to.visitInsn(Opcodes.DUP);
        to.visitFieldInsn(Opcodes.GETFIELD, type, BUFFERS, buffers);
        to.visitLdcInsn(point);
        to.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                Type.getInternalName(dispatcher),
                "moves",
                "(JJLjava/lang/Object;Ljava/lang/Object;I)V",
                false);
    }
}
