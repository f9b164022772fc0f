/** The append-only files of raw records that are not yet in a sealed segment. */
package io.parquetflow.journal;
