/** JMH twins of the load rig's accept and refusal paths. */
package io.parquetflow.bench.jmh;
