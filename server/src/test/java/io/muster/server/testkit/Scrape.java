package io.muster.server.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.hawkular.agent.prometheus.text.TextPrometheusMetricDataParser;
import org.hawkular.agent.prometheus.types.Counter;
import org.hawkular.agent.prometheus.types.Gauge;
import org.hawkular.agent.prometheus.types.Histogram;
import org.hawkular.agent.prometheus.types.Metric;
import org.hawkular.agent.prometheus.types.MetricFamily;

/// The metrics of a house at one moment, read as Prometheus would: over HTTPS with a token, parsed by somebody else's
/// parser, and held against the text format besides, which that parser takes lightly.
public final class Scrape {

    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final Pattern META = Pattern.compile("# (HELP|TYPE) (" + NAME + ") (.+)");
    private static final Pattern SAMPLE = Pattern.compile(
            "(" + NAME + ")((?:\\{[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\""
                    + "(?:,[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\")*,?})?) ([-+]?[0-9.eE+-]+|NaN|[+-]Inf)");

    private final String text;
    private final Map<String, MetricFamily> families;

    private Scrape(String text) {
        this.text = text;
        this.families = parse(text);
        check(text);
    }

    public static Scrape of(Installation house) {
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting(house))
                .build()) {
            URI metrics = house.house().deskUrl().resolve("/metrics");
            HttpRequest request = HttpRequest.newBuilder(metrics)
                    .timeout(Duration.ofSeconds(30))
                    .header("Authorization", "Bearer " + house.house().data().adminToken())
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError("no metrics: " + answer.statusCode() + " " + answer.body());
            }
            return new Scrape(answer.body());
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public String text() {
        return text;
    }

    /// The names of all families.
    public Set<String> names() {
        return new TreeSet<>(families.keySet());
    }

    /// What a family is, in small letters.
    public String type(String name) {
        return family(name).getType().name().toLowerCase(Locale.ROOT);
    }

    /// The names of a family's labels.
    public Set<String> labels(String name) {
        return family(name).getMetrics().stream()
                .flatMap(metric -> metric.getLabels().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The values of a label.
    public Set<String> values(String name, String label) {
        return family(name).getMetrics().stream()
                .map(metric -> metric.getLabels().getOrDefault(label, ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The sum over all samples that have these labels, given as name and value by turns; of a histogram, how many
    /// it has seen.
    public double sum(String name, String... labels) {
        if (!families.containsKey(name)) {
            return 0;
        }
        return family(name).getMetrics().stream()
                .filter(metric -> has(metric, labels))
                .mapToDouble(Scrape::value)
                .sum();
    }

    private MetricFamily family(String name) {
        MetricFamily family = families.get(name);
        if (family == null) {
            throw new AssertionError("There is no metric " + name + " among " + families.keySet());
        }
        return family;
    }

    private static boolean has(Metric metric, String... labels) {
        for (int i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].equals(metric.getLabels().getOrDefault(labels[i], ""))) {
                return false;
            }
        }
        return true;
    }

    private static double value(Metric metric) {
        return switch (metric) {
            case Counter counter -> counter.getValue();
            case Gauge gauge -> gauge.getValue();
            case Histogram histogram -> histogram.getSampleCount();
            default -> throw new AssertionError("no such kind of metric here: " + metric);
        };
    }

    private static Map<String, MetricFamily> parse(String text) {
        Map<String, MetricFamily> families = new LinkedHashMap<>();
        try {
            var parser =
                    new TextPrometheusMetricDataParser(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            for (MetricFamily family = parser.parse(); family != null; family = parser.parse()) {
                if (families.put(family.getName(), family) != null) {
                    throw new AssertionError(family.getName() + " comes twice");
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return families;
    }

    /// The text format 0.0.4, line by line: help and type before the samples, once; no sample twice.
    private static void check(String text) {
        if (!text.endsWith("\n")) {
            throw new AssertionError("The last line has no end.");
        }
        Set<String> seen = new HashSet<>();
        String family = "";
        for (String line : text.split("\n", -1)) {
            Matcher meta = META.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (meta.matches()) {
                family = meta.group(2);
                once(seen, meta.group(1) + " " + family);
            } else if (sample.matches()) {
                once(seen, sample.group(1) + sorted(sample.group(2)));
                belongs(sample.group(1), family);
            } else if (!line.isEmpty()) {
                throw new AssertionError("This is no line of the format: " + line);
            }
        }
    }

    private static void once(Set<String> seen, String what) {
        if (!seen.add(what)) {
            throw new AssertionError(what + " comes twice.");
        }
    }

    private static void belongs(String name, String family) {
        List<String> mine = List.of(
                family, family + "_bucket", family + "_sum", family + "_count", family + "_created", family + "_info");
        if (!mine.contains(name)) {
            throw new AssertionError(name + " stands under " + family + ".");
        }
    }

    private static String sorted(String labels) {
        return Arrays.stream(labels.split(",", -1)).sorted().collect(Collectors.joining(","));
    }

    private static SSLContext trusting(Installation house) throws GeneralSecurityException, IOException {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        byte[] pem = Files.readAllBytes(house.house().data().serverAnchor());
        anchors.setCertificateEntry(
                "muster", CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
