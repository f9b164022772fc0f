/** The writer thread: drain, columns, rotate, seal, and what to do when the disk says no. */
package io.parquetflow.capture;
