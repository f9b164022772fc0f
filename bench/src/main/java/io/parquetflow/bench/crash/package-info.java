/** {@code flow crash-test}: real processes, killed, started again, and their rows counted. */
package io.parquetflow.bench.crash;
