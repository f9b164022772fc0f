package io.parquetflow.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process did to the files of a directory, call by call, as strace has seen it; and what a power cut between two
 * calls may leave of it. A file system need keep nothing that was not forced, and may keep all of it, in any order: names
 * and bytes alike.
 */
public final class FileCalls {
    /** Behind strace: what is to be written down, and how. */
    public static final List<String> OPTIONS = List.of(
            "-f",
            "-qq",
            "-xx",
            "-s",
            "1000000",
            "-e",
            "signal=none",
            "-e",
            "trace=open,openat,close,dup,dup2,write,pwrite64,ftruncate,fsync,fdatasync,rename,link,unlink,mkdir");

    private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)");
    private static final Pattern CALL = Pattern.compile("(\\w+)\\((.*)\\) += (-?\\d+).*", Pattern.DOTALL);
    private static final Pattern TEXT = Pattern.compile("\"((?:\\\\x[0-9a-f]{2})*)\"");
    private static final Pattern CLOSE = Pattern.compile("close\\((\\d+).*");
    private static final String UNFINISHED = " <unfinished ...>";
    private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>(.*)");

    /** One call, as far as it counts. */
    private sealed interface Call {}

    /** Bytes of a file. */
    private record Bytes(int file, long at, ByteBuffer bytes) implements Call {}

    /** A file's new length. */
    private record Length(int file, long length) implements Call {}

    /** A directory. */
    private record Directory(String path) implements Call {}

    /** Names that come, with their files, and one that goes; either may be null. */
    private record Names(String come, int file, String go) implements Call {}

    /** A file's bytes are on the device, those of the calls in front of {@code begun}. */
    private record Forced(int file, int begun) implements Call {}

    /** A directory's names are. */
    private record NamesForced(String directory, int begun) implements Call {}

    /** The process said something. */
    private record Said(String text) implements Call {}

    private final String root;
    private final List<Call> calls = new ArrayList<>();
    private final Map<String, Integer> files = new HashMap<>();
    private final Map<Integer, Integer> open = new HashMap<>();
    private final Map<Integer, String> openDirectories = new HashMap<>();
    private final Map<Integer, Long> offsets = new HashMap<>();
    private int fileCount;

    private FileCalls(Path root) {
        this.root = root.toString();
    }

    /** Reads what strace has written. */
    public static FileCalls read(Path log, Path root) throws IOException {
        FileCalls all = new FileCalls(root);
        Map<String, Begun> begun = new HashMap<>();
        for (String line : Files.readAllLines(log, StandardCharsets.ISO_8859_1)) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                continue;
            }
            String call = parts.group(2);
            int at = all.count();
            Matcher resumed = RESUMED.matcher(call);
            if (call.endsWith(UNFINISHED)) {
                Begun half = new Begun(call.substring(0, call.length() - UNFINISHED.length()), at);
                all.begin(half.text());
                begun.put(parts.group(1), half);
                continue;
            } else if (resumed.matches()) {
                Begun half = begun.remove(parts.group(1));
                call = half.text() + resumed.group(1);
                at = half.at();
            } else {
                all.begin(call);
            }
            Matcher matcher = CALL.matcher(call);
            if (matcher.matches() && !matcher.group(3).startsWith("-")) {
                all.add(matcher.group(1), matcher.group(2), Integer.parseInt(matcher.group(3)), at);
            }
        }
        return all;
    }

    /** The first half of a call during which another thread called, and how many calls had ended by then. */
    private record Begun(String text, int at) {}

    /** A descriptor is free as soon as its close begins: the next open may have it before the close's end is told. */
    private void begin(String call) {
        Matcher close = CLOSE.matcher(call);
        if (close.matches()) {
            forget(Integer.parseInt(close.group(1)));
        }
    }

    private void add(String name, String arguments, int result, int begun) {
        List<byte[]> texts = texts(arguments);
        switch (name) {
            case "open", "openat" -> opened(path(texts.get(0)), arguments, result);
            case "close" -> {} // see begin
            case "dup2" -> forget(result);
            case "write" -> wrote(number(arguments), texts.get(0), -1, result);
            case "pwrite64" -> {
                long at = Long.parseLong(arguments.substring(arguments.lastIndexOf(' ') + 1));
                wrote(number(arguments), texts.get(0), at, result);
            }
            case "ftruncate" -> {
                Integer file = open.get(number(arguments));
                if (file != null) {
                    calls.add(new Length(file, Long.parseLong(arguments.substring(arguments.lastIndexOf(' ') + 1))));
                }
            }
            case "fsync", "fdatasync" -> forced(number(arguments), begun);
            case "link", "rename" -> {
                String from = path(texts.get(0));
                String to = path(texts.get(1));
                if (isOurs(from)) {
                    int file = files.get(from);
                    files.put(to, file);
                    if (name.equals("rename")) {
                        files.remove(from);
                    }
                    calls.add(new Names(to, file, name.equals("rename") ? from : null));
                }
            }
            case "unlink" -> {
                String path = path(texts.get(0));
                if (files.remove(path) != null) {
                    calls.add(new Names(null, -1, path));
                }
            }
            case "mkdir" -> {
                String path = path(texts.get(0));
                if (isOurs(path)) {
                    calls.add(new Directory(path));
                }
            }
            default -> forget(result);
        }
    }

    private void opened(String path, String arguments, int descriptor) {
        forget(descriptor);
        if (!path.equals(root) && !isOurs(path)) {
            return;
        }
        if (arguments.contains("O_CREAT") && !files.containsKey(path)) {
            files.put(path, fileCount);
            calls.add(new Names(path, fileCount, null));
            fileCount++;
        }
        if (files.containsKey(path)) {
            open.put(descriptor, files.get(path));
            offsets.put(descriptor, 0L);
        } else {
            openDirectories.put(descriptor, path);
        }
    }

    private void forget(int descriptor) {
        open.remove(descriptor);
        openDirectories.remove(descriptor);
        offsets.remove(descriptor);
    }

    private void wrote(int descriptor, byte[] bytes, long at, int count) {
        Integer file = open.get(descriptor);
        if (descriptor == 1) {
            calls.add(new Said(new String(bytes, StandardCharsets.UTF_8)));
        } else if (file != null) {
            long from = at >= 0 ? at : offsets.get(descriptor);
            calls.add(new Bytes(file, from, ByteBuffer.wrap(bytes, 0, count)));
            if (at < 0) {
                offsets.put(descriptor, from + count);
            }
        }
    }

    private void forced(int descriptor, int begun) {
        if (open.containsKey(descriptor)) {
            calls.add(new Forced(open.get(descriptor), begun));
        } else if (openDirectories.containsKey(descriptor)) {
            calls.add(new NamesForced(openDirectories.get(descriptor), begun));
        }
    }

    private boolean isOurs(String path) {
        return path.startsWith(root + "/");
    }

    private static int number(String arguments) {
        int comma = arguments.indexOf(',');
        return Integer.parseInt(comma < 0 ? arguments : arguments.substring(0, comma));
    }

    private static String path(byte[] text) {
        return new String(text, StandardCharsets.UTF_8);
    }

    private static List<byte[]> texts(String arguments) {
        List<byte[]> texts = new ArrayList<>();
        Matcher matcher = TEXT.matcher(arguments);
        while (matcher.find()) {
            texts.add(HexFormat.of().parseHex(matcher.group(1).replace("\\x", "")));
        }
        return texts;
    }

    /** How many there are: a power cut may come in front of each, and behind the last. */
    public int count() {
        return calls.size();
    }

    /** Whether a cut in front of this call leaves anything else than one in front of the call before. */
    public boolean changes(int call) {
        return call == calls.size() || !(calls.get(call) instanceof Said);
    }

    /** The last line with this beginning that the process said in front of a call; without the beginning, empty if none. */
    public String lastSaid(String beginning, int call) {
        String last = "";
        for (Call one : calls.subList(0, call)) {
            if (one instanceof Said said && said.text().startsWith(beginning)) {
                last = said.text().substring(beginning.length()).strip();
            }
        }
        return last;
    }

    /** Calls in front of a cut whose bytes were not forced by then, the last ones first. */
    public List<Integer> unforcedWrites(int cut) {
        List<Integer> unforced = new ArrayList<>();
        for (int i = cut - 1; i >= 0; i--) {
            if (calls.get(i) instanceof Bytes && !isForced(i, cut)) {
                unforced.add(i);
            }
        }
        return unforced;
    }

    private boolean isForced(int call, int cut) {
        Object place = changed(calls.get(call));
        return calls.subList(call + 1, cut).stream().anyMatch(later -> place.equals(forced(later, call)));
    }

    /** What a call changes: a file, by number, or a directory, by path. */
    private static Object changed(Call call) {
        if (call instanceof Bytes bytes) {
            return bytes.file();
        } else if (call instanceof Length length) {
            return length.file();
        } else if (call instanceof Directory directory) {
            return parent(directory.path());
        } else if (call instanceof Names names) {
            return parent(names.come() != null ? names.come() : names.go());
        }
        return "";
    }

    /** What a call forces, if what was done by the call {@code done} is part of it. */
    private static Object forced(Call call, int done) {
        if (call instanceof Forced forced && forced.begun() > done) {
            return forced.file();
        }
        return call instanceof NamesForced names && names.begun() > done ? names.directory() : null;
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    /** What is left of calls that were not forced. */
    public enum Kept {
        /** All of them, as after the death of the process. */
        ALL,
        /** None. */
        FORCED,
        /** Bytes, but no names. */
        BYTES,
        /** Names, but no bytes. */
        NAMES
    }

    /**
     * Makes what a power cut leaves.
     *
     * @param cut in front of this call
     * @param kept of what was not forced
     * @param without a call whose bytes were not written, -1 for none
     * @param target an empty directory, in the root's place
     */
    public void leave(int cut, Kept kept, int without, Path target) throws IOException {
        Map<Integer, Content> contents = new HashMap<>();
        Map<String, Integer> names = new LinkedHashMap<>();
        Map<String, Boolean> directories = new TreeMap<>();
        for (int i = 0; i < cut; i++) {
            Call call = calls.get(i);
            boolean isName = call instanceof Names || call instanceof Directory;
            boolean keeps = kept == Kept.ALL || kept == (isName ? Kept.NAMES : Kept.BYTES);
            if (i == without || !(keeps || isForced(i, cut))) {
                continue;
            }
            if (call instanceof Bytes bytes) {
                contents.computeIfAbsent(bytes.file(), f -> new Content())
                        .write(bytes.at(), bytes.bytes().duplicate());
            } else if (call instanceof Length length) {
                contents.computeIfAbsent(length.file(), f -> new Content()).cut(length.length());
            } else if (call instanceof Directory directory) {
                directories.put(directory.path(), true);
            } else if (call instanceof Names changed) {
                if (changed.go() != null) {
                    names.remove(changed.go());
                }
                if (changed.come() != null) {
                    names.put(changed.come(), changed.file());
                }
            }
        }
        for (String directory : directories.keySet()) {
            if (Files.isDirectory(in(target, parent(directory)))) {
                Files.createDirectory(in(target, directory));
            }
        }
        for (Map.Entry<String, Integer> name : names.entrySet()) {
            if (Files.isDirectory(in(target, parent(name.getKey())))) {
                Content content = contents.getOrDefault(name.getValue(), new Content());
                Files.write(in(target, name.getKey()), content.bytes);
            }
        }
    }

    private Path in(Path target, String path) {
        return path.equals(root) ? target : target.resolve(path.substring(root.length() + 1));
    }

    /** Bytes of a file; where none were written, there are zeros. */
    private static final class Content {
        private byte[] bytes = new byte[0];

        void write(long at, ByteBuffer from) {
            int end = (int) at + from.remaining();
            if (end > bytes.length) {
                cut(end);
            }
            from.get(bytes, (int) at, from.remaining());
        }

        void cut(long length) {
            bytes = Arrays.copyOf(bytes, (int) length);
        }
    }
}
