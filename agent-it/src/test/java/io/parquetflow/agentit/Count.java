package io.parquetflow.agentit;

/** How many messages of how many bytes, and the SHA-256 of all of them in order: what two sides have to agree on. */
record Count(long messages, long bytes, String sha256) {
    static Count of(Iterable<byte[]> messages) {
        Tally tally = new Tally("");
        messages.forEach(tally::count);
        return new Count(tally.messages(), tally.bytes(), tally.sha256());
    }
}
