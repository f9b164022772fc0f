/** Benchmarks. */
package io.parquetflow.bench;
