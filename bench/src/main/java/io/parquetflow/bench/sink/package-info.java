/** The load rig: one run of one part each, in a process of its own, and what all runs of a part come to. */
package io.parquetflow.bench.sink;
