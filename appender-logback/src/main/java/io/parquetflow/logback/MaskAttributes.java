package io.parquetflow.logback;

import ch.qos.logback.core.Context;
import ch.qos.logback.core.joran.spi.ConfigurationWatchList;
import ch.qos.logback.core.joran.util.ConfigurationWatchListUtil;
import ch.qos.logback.core.spi.ScanException;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.util.OptionHelper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The attributes of {@code <mask pattern="…" replacement="…"/>}. Logback hands an element's attributes to nobody, but says
 * which files it reads: in its list of watched files, which newer versions keep only with {@code scan}, and in its status,
 * where it looked for the file itself. They are read once more, for these elements only.
 *
 * <p>Not thread-safe: Logback configures on one thread.
 */
final class MaskAttributes {
    private static final Pattern FOUND = Pattern.compile("Found resource \\[.*\\] at \\[(.+)\\]");
    private static final String END = "End of configuration";

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
        if (files.isEmpty()) {
            URI found = foundByLogback();
            if (found != null) {
                files.add(found);
            }
        }
        return files;
    }

    /** What Logback said to have found, unless that was for a configuration before this one; null where it said nothing. */
    private URI foundByLogback() {
        URI found = null;
        for (Status status : context.getStatusManager().getCopyOfStatusList()) {
            String message = status.getMessage();
            Matcher matcher = FOUND.matcher(message == null ? "" : message);
            if (matcher.matches()) {
                found = URI.create(matcher.group(1).replace(" ", "%20"));
            } else if (message != null && message.startsWith(END)) {
                found = null;
            }
        }
        return found;
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
