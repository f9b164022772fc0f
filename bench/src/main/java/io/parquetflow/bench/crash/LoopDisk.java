package io.parquetflow.bench.crash;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file system of our own in a file, whose power can be cut: the kernel is told to forget what is not on the device.
 * What it had not written is gone, its own log included, as after a power cut. Needs root.
 *
 * <p>Not thread-safe.
 */
final class LoopDisk implements AutoCloseable {
    private static final long BYTES = 512L << 20;
    private static final long RELEASE_AT_MOST_NS = 120_000_000_000L;
    private static final long RELEASE_LOOK_MS = 20;

    /** {@code EXT4_IOC_SHUTDOWN} and XFS' own of the same number, with "do not flush the log". */
    private static final String CUT =
            "my $flags = pack('L', 2); open(my $d, '<', $ARGV[0]) or die $!; ioctl($d, 0x8004587d, $flags) or die $!;";

    private final Path image;
    private final Path mount;
    /** When this process is interrupted: a mount would outlive it. Lazily, since a child may still have it open. */
    private final Thread unmounter = new Thread(this::unmountAtExit, "crash-unmount");

    private boolean mounted;

    private LoopDisk(Path image, Path mount) {
        this.image = image;
        this.mount = mount;
    }

    private void unmountAtExit() {
        try {
            Tools.run("umount", "-l", mount.toString());
        } catch (IOException | InterruptedException e) {
            return; // it was not mounted
        }
    }

    /** Why it cannot be done here; empty when it can. */
    static String obstacle(String type) {
        if (!Tools.isRoot()) {
            return "not root";
        }
        if (!Tools.has("mkfs." + type)) {
            return "no mkfs." + type;
        }
        if (!Tools.has("xfs_io") && !Tools.has("perl")) {
            return "neither xfs_io nor perl, to cut the power with";
        }
        return Files.exists(Path.of("/dev/loop-control")) ? "" : "no loop devices";
    }

    static LoopDisk make(String type, Path home) throws IOException, InterruptedException {
        LoopDisk disk = new LoopDisk(home.resolve("image"), Files.createDirectories(home.resolve("mount")));
        try (RandomAccessFile file = new RandomAccessFile(disk.image.toFile(), "rw")) {
            file.setLength(BYTES);
        }
        Tools.run("mkfs." + type, "-q", disk.image.toString());
        Runtime.getRuntime().addShutdownHook(disk.unmounter);
        disk.mount();
        return disk;
    }

    private void mount() throws IOException, InterruptedException {
        Tools.run("mount", "-o", "loop", image.toString(), mount.toString());
        mounted = true;
    }

    Path root() {
        return mount;
    }

    /** Cuts the power. Everything that has it open gets errors from here on. */
    void cut() throws IOException, InterruptedException {
        if (Tools.has("xfs_io")) {
            Tools.run("xfs_io", "-x", "-c", "shutdown", mount.toString());
        } else {
            Tools.run("perl", "-e", CUT, mount.toString());
        }
    }

    /** Power again: the file system recovers itself. Nobody may have a file of it open. */
    void powerUp() throws IOException, InterruptedException {
        unmount();
        awaitRelease();
        mount();
    }

    /**
     * A process with mounts of its own, a container that started meanwhile, say, has this one as well, and with it the file
     * system without power, which another mount would only join.
     */
    private void awaitRelease() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + RELEASE_AT_MOST_NS;
        while (!Tools.run("losetup", "-j", image.toString()).isBlank()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("[" + image
                        + "] is still mounted by a process with mounts of its own: try again when it has ended");
            }
            Thread.sleep(RELEASE_LOOK_MS);
        }
    }

    private void unmount() throws IOException, InterruptedException {
        Tools.run("umount", mount.toString());
        mounted = false;
    }

    @Override
    public void close() throws IOException {
        try {
            if (mounted) {
                unmount();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("[" + mount + "] still mounted", e);
        }
        Runtime.getRuntime().removeShutdownHook(unmounter);
    }
}
