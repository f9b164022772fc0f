/** What durability costs, and what it stands: the parts of {@code flow bench durability}. */
package io.parquetflow.bench.durability;
