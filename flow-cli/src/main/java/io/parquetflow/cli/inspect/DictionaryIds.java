package io.parquetflow.cli.inspect;

import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.api.Binary;

/**
 * The values of a dictionary encoded page. parquet-java's reader takes any id for an index; here one that the dictionary
 * does not have is told as what it is.
 *
 * <p>Not thread-safe.
 */
final class DictionaryIds extends ValuesReader {
    private final ValuesReader ids;
    private final Dictionary dictionary;

    /**
     * Values of a page.
     *
     * @param ids stands at the page's first value
     */
    DictionaryIds(ValuesReader ids, Dictionary dictionary) {
        this.ids = ids;
        this.dictionary = dictionary;
    }

    @Override
    public int readInteger() {
        return dictionary.decodeToInt(id());
    }

    @Override
    public long readLong() {
        return dictionary.decodeToLong(id());
    }

    @Override
    public float readFloat() {
        return dictionary.decodeToFloat(id());
    }

    @Override
    public double readDouble() {
        return dictionary.decodeToDouble(id());
    }

    @Override
    public Binary readBytes() {
        return dictionary.decodeToBinary(id());
    }

    @Override
    public void skip() {
        id();
    }

    private int id() {
        int id = ids.readValueDictionaryId();
        if (id < 0 || id > dictionary.getMaxId()) {
            throw new ParquetDecodingException(
                    "dictionary id is outside the dictionary: id=" + id + ", entries=" + (dictionary.getMaxId() + 1));
        }
        return id;
    }
}
