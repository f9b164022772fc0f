/**
 * Values to pages: buffers by type, levels, encodings, compression, statistics. Written by one thread; knows nothing of
 * files or rings.
 */
package io.parquetflow.column;
