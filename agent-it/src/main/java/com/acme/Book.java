package com.acme;

/** Typed arguments instead of bytes. */
public final class Book {
    private double notional;

    /** Every kind of argument that can be a column, and one that cannot. */
    public double update(
            String symbol,
            long orderId,
            int quantity,
            double price,
            float weight,
            boolean buy,
            char side,
            byte depth,
            short venue,
            Object ignored) {
        notional += buy ? price * quantity * weight : -price * (depth + venue + side + symbol.length() + orderId);
        return notional;
    }
}
