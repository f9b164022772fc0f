package io.parquetflow.logback;

import java.util.concurrent.CountDownLatch;

/** An argument that keeps every thread but its maker's waiting for its text: what is logged behind it stays in queues. */
final class Gate {
    private final Thread maker = Thread.currentThread();
    private final CountDownLatch open = new CountDownLatch(1);

    void open() {
        open.countDown();
    }

    @Override
    public String toString() {
        try {
            if (Thread.currentThread() != maker) {
                open.await();
            }
            return "gate";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
