package io.parquetflow.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PointcutTest {
    @Test
    void readsEveryForm() {
        Pointcut feed = Pointcut.parse("com.acme.Feed#onPacket(java.nio.ByteBuffer) as feed");
        assertThat(feed.stream()).isEqualTo("feed");
        assertThat(feed.arguments()).containsExactly("java.nio.ByteBuffer");
        assertThat(feed.typePattern().matcher("com.acme.Feed").matches()).isTrue();
        assertThat(feed.typePattern().matcher("com.acmeXFeed").matches()).isFalse();

        Pointcut lambda = Pointcut.parse("com.acme.H#lambda$*(byte[], int,int)");
        assertThat(lambda.methodPattern().matcher("lambda$main$0").matches()).isTrue();
        assertThat(lambda.arguments()).containsExactly("byte[]", "int", "int");

        assertThat(Pointcut.parse("com.acme.Handler+#on*(byte[])").isSuperType())
                .isTrue();
        assertThat(Pointcut.parse("com.acme.Book#update(*) as book").isTyped()).isTrue();
        assertThat(Pointcut.parse("com.acme.*#on(com.acme.Event)->data").part()).isEqualTo("data");
        assertThat(Pointcut.parse("com.acme.*#on(com.acme.Event)->getData()").part())
                .isEqualTo("getData");
        assertThat(Pointcut.parse("com.acme.Source#next()->return").part()).isEqualTo(Pointcut.RETURN);
    }

    @Test
    void aStreamWithoutANameGetsOneThatAFileCanHave() {
        assertThat(Pointcut.parse("com.acme.H#lambda$*(byte[])").stream()).isEqualTo("H-lambda");
        assertThat(Pointcut.parse("com.acme.$#*()").stream()).matches("[A-Za-z0-9][A-Za-z0-9_-]*");
    }
}
