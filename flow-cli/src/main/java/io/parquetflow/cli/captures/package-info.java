/**
 * Readers of captures that exist already: pcap, pcapng and text logs, plain, gzip or zstd. The bytes of a file are
 * taken for hostile: every length that comes from it has a bound, and what is wrong with it is reported, never thrown
 * away with what came before.
 *
 * <p>From the file inwards: {@code FileBytes} (what is on disk), {@code ByteSource} (uncompressed, buffered),
 * a {@link io.parquetflow.cli.captures.PayloadReader} per format, and for packets the three layers {@code LinkLayer},
 * {@code InternetLayer} and {@code TransportLayer}. {@link io.parquetflow.cli.captures.CaptureImport} drives it.
 */
package io.parquetflow.cli.captures;
