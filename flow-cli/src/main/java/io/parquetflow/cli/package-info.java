/** Command line. */
package io.parquetflow.cli;
