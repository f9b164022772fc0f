/** Segments on disk: format, names, locks, rotation, retention. */
package io.parquetflow.file;
