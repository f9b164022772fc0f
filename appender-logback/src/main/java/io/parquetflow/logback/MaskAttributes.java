package io.parquetflow.logback;

import ch.qos.logback.core.Context;
import ch.qos.logback.core.joran.spi.ConfigurationWatchList;
import ch.qos.logback.core.joran.util.ConfigurationWatchListUtil;
import ch.qos.logback.core.spi.ScanException;
import ch.qos.logback.core.util.OptionHelper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The attributes of {@code <mask pattern="…" replacement="…"/>}. Logback hands an element's attributes to nobody, but says
 * which files it read: they are read once more, for these elements only.
 *
 * <p>Not thread-safe: Logback configures on one thread.
 */
final class MaskAttributes {
    private final Context context;
    private final String appender;

    MaskAttributes(Context context, String appender) {
        this.context = context;
        this.appender = appender;
    }

    /**
     * Finds the masks of the appender.
     *
     * @param masks pattern and replacement, added to
     * @return how many were found
     */
    int addTo(Map<String, String> masks) throws IOException {
        int found = 0;
        for (URI file : files()) {
            try (InputStream in = file.toURL().openStream()) {
                found += read(in, masks);
            } catch (XMLStreamException e) {
                throw new IOException("[" + file + "] " + e.getMessage(), e);
            }
        }
        return found;
    }

    private Set<URI> files() {
        Set<URI> files = new LinkedHashSet<>();
        URL main = ConfigurationWatchListUtil.getMainWatchURL(context);
        if (main != null) {
            files.add(URI.create(main.toString().replace(" ", "%20")));
        }
        ConfigurationWatchList list = ConfigurationWatchListUtil.getConfigurationWatchList(context);
        if (list != null) {
            for (File file : list.getCopyOfFileWatchList()) {
                files.add(file.toURI());
            }
        }
        return files;
    }

    private int read(InputStream in, Map<String, String> masks) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader xml = factory.createXMLStreamReader(in);
        int found = 0;
        boolean inside = false;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("appender")) {
                inside = appender.equals(substituted(xml.getAttributeValue(null, "name")));
            } else if (event == XMLStreamConstants.START_ELEMENT
                    && inside
                    && xml.getLocalName().equals("mask")) {
                String pattern = substituted(xml.getAttributeValue(null, "pattern"));
                String replacement = substituted(xml.getAttributeValue(null, "replacement"));
                if (pattern != null) {
                    masks.put(pattern, replacement == null ? new Mask().getReplacement() : replacement);
                    found++;
                }
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && xml.getLocalName().equals("appender")) {
                inside = false;
            }
        }
        return found;
    }

    private String substituted(String text) {
        try {
            return text == null ? null : OptionHelper.substVars(text, context);
        } catch (ScanException e) {
            return text;
        }
    }
}
