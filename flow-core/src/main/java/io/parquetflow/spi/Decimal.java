package io.parquetflow.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Digits of a {@code BigDecimal} component of a record class, or of one within a list or map. Without it a
 * {@code BigDecimal} is {@code DECIMAL(38, 18)}, 16 bytes; up to 18 digits take 8, up to 9 digits 4.
 *
 * <pre>{@code
 * record Quote(@Decimal(precision = 18, scale = 6) BigDecimal bid) {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE_USE})
public @interface Decimal {
    /**
     * All digits.
     *
     * @return 1 to 38, what DuckDB, Spark and Trino have
     */
    int precision();

    /**
     * Digits behind the point; a value that has more of them is refused, never rounded.
     *
     * @return 0 to the precision
     */
    int scale();
}
