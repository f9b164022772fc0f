package com.acme;

import io.parquetflow.agentit.Tally;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Payloads that are no arguments: what is returned, and what an argument holds. */
final class Source {
    final Tally returned = new Tally("returned");
    final Tally field = new Tally("field");
    final Tally getter = new Tally("getter");

    /** A part of it. */
    ByteBuffer next(byte[] of) {
        ByteBuffer next = ByteBuffer.wrap(of, 2, of.length - 3);
        returned.count(next);
        return next;
    }

    void onField(int number, Event event) {
        field.count(event.data);
    }

    void onGetter(Event event) {
        getter.count(event.text().getBytes(StandardCharsets.UTF_8));
    }

    /** Somebody's own. */
    static final class Event {
        private final byte[] data;
        private final String text;

        Event(byte[] data, String text) {
            this.data = data;
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
