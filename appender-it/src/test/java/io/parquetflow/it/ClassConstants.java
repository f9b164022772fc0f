package io.parquetflow.it;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a class file names (JVM specification, section 4.4).
 *
 * @param texts every text of the constant pool: names of classes and members, descriptors, string constants
 * @param strings the string constants of the program alone
 */
record ClassConstants(List<String> texts, List<String> strings) {
    private static final int MAGIC = 0xCAFEBABE;

    static ClassConstants read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        if (data.readInt() != MAGIC) {
            throw new IOException("not a class file");
        }
        data.readInt(); // version
        int count = data.readUnsignedShort();
        Map<Integer, String> texts = new TreeMap<>();
        List<Integer> strings = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            int tag = data.readUnsignedByte();
            switch (tag) {
                case 1 -> texts.put(i, data.readUTF());
                case 8 -> strings.add(data.readUnsignedShort());
                case 7, 16, 19, 20 -> data.readUnsignedShort();
                case 3, 4, 9, 10, 11, 12, 17, 18 -> data.readInt();
                case 15 -> data.skipNBytes(3);
                case 5, 6 -> {
                    data.readLong();
                    i++; // takes two places
                }
                default -> throw new IOException("unknown constant: tag=" + tag);
            }
        }
        return new ClassConstants(
                List.copyOf(texts.values()), strings.stream().map(texts::get).toList());
    }
}
