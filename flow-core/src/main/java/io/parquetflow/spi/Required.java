package io.parquetflow.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A component of a record class, or a type within one, that is never null: its column, list element or map value is
 * {@code required}. Without it references are {@code optional}; primitives are always required.
 *
 * <pre>{@code
 * record Order(@Required String symbol, List<@Required Leg> legs) {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE_USE})
public @interface Required {}
