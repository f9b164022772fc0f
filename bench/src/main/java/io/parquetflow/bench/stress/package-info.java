/** Races in the ring, hunted by jcstress. */
package io.parquetflow.bench.stress;
