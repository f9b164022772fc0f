/** {@code flow demo}: a feed, a receiver and three questions, without any file of ours. */
package io.parquetflow.cli.demo;
