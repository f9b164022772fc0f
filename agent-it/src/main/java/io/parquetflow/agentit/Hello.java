package io.parquetflow.agentit;

/** Says hello on both outputs, and ends with a code of its own. */
public final class Hello {
    private Hello() {}

    /** Arguments are ignored. */
    public static void main(String[] args) {
        System.out.println("hello");
        System.err.println("hello, operator");
        System.exit(7);
    }
}
