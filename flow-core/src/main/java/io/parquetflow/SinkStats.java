package io.parquetflow;

import io.parquetflow.spi.DropCause;
import io.parquetflow.spi.SinkState;
import java.time.Duration;
import java.util.Map;

/**
 * A sink's numbers at one moment. Exact once {@link LogSink#flush} or {@link LogSink#close} has returned true and nobody
 * calls meanwhile: then calls = {@code accepted} + {@code dropped}. Before, off by no more than the calls in flight.
 *
 * @param state how the sink is
 * @param accepted payloads taken
 * @param dropped payloads refused
 * @param droppedByCause the same by cause; every cause has an entry
 * @param droppedByStream the same by stream and cause; streams without drops have none
 * @param rows rows made of records, in pages or files
 * @param rowsSealed rows in sealed segments
 * @param rejected records that a decoder could not make rows of
 * @param abandoned accepted records that are in no file and never will be: the deadline of {@code close}, or a disk that
 *     lost what it had taken
 * @param abortedClaims claims given up by their caller, or by us because their thread died
 * @param bytesIn payload bytes taken out of the ring
 * @param bytesWritten length of all sealed segments
 * @param segmentsSealed segments sealed
 * @param ringBytes size of the ring
 * @param ringUsedBytes claimed and not yet given back
 * @param ringHighWaterBytes the most that was seen, sampled by the writer thread at each batch
 * @param memoryBytes what the sink takes at the most
 * @param listenerErrors listener calls that threw
 * @param lastError message of the last fault, empty when there was none
 * @param recovered records of dead writers that this opening recovered
 * @param setAside files of dead writers that could not be understood, and were set aside
 * @param backlogBytes journaled and not yet in columns
 * @param backlogAge how long there has been a backlog without a break
 * @param crashSafe whether accepted records survive the death of the process
 * @param crashSafeReason why not, empty when they do
 */
public record SinkStats(
        SinkState state,
        long accepted,
        long dropped,
        Map<DropCause, Long> droppedByCause,
        Map<String, Map<DropCause, Long>> droppedByStream,
        long rows,
        long rowsSealed,
        long rejected,
        long abandoned,
        long abortedClaims,
        long bytesIn,
        long bytesWritten,
        long segmentsSealed,
        long ringBytes,
        long ringUsedBytes,
        long ringHighWaterBytes,
        long memoryBytes,
        long listenerErrors,
        String lastError,
        long recovered,
        long setAside,
        long backlogBytes,
        Duration backlogAge,
        boolean crashSafe,
        String crashSafeReason) {}
