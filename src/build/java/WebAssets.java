import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The files of the page as they are served, made of its sources and of the modules of Lit: every
 * file under a name with the hash of its content, so that a browser may keep it for ever, and
 * compressed beside it. What modules import by name or by a relative path is written as the path it
 * is served at, so that the page needs no import map.
 *
 * <p>Run by the build: {@code java WebAssets.java SOURCES CLASSPATH TARGET}. It needs nothing but
 * the JDK.
 */
public final class WebAssets {
    private static final String SERVED = "/assets/";
    private static final Pattern IMPORT =
            Pattern.compile(
                    "(\\bfrom\\s*|\\bimport\\s*\\(\\s*|\\bimport\\s*)([\"'])([^\"'\\n]+)\\2");
    private static final Pattern MARK = Pattern.compile("\\{\\{(asset|preload):([^}]+)}}");
    private static final Pattern SOURCE_MAP = Pattern.compile("(?m)^//# sourceMappingURL=.*$");

    /** For who reads the sources, and for the checker of types; licences stay. */
    private static final Pattern COMMENT =
            Pattern.compile("(?m)^[ ]*/\\*\\*(?:(?!@license|\\*/)[\\s\\S])*\\*/\\n|^[ ]*//.*\\n");

    /** Where the webjar of a bare name is, and which of its files a bare name means. */
    private static final Map<String, String> LIBRARIES =
            Map.of(
                    "lit", "index.js",
                    "lit-html", "lit-html.js",
                    "lit-element", "lit-element.js",
                    "@lit/reactive-element", "reactive-element.js");

    private final Path sources;
    private final String classpath;
    private final Path target;
    private final Map<String, String> served = new TreeMap<>();
    private final Map<String, Set<String>> imported = new TreeMap<>();
    private final Deque<String> open = new ArrayDeque<>();

    private WebAssets(Path sources, String classpath, Path target) {
        this.sources = sources;
        this.classpath = classpath;
        this.target = target;
    }

    public static void main(String[] arguments) throws IOException {
        new WebAssets(Path.of(arguments[0]), arguments[1], Path.of(arguments[2])).write();
    }

    private void write() throws IOException {
        clear();
        for (Path file : files(sources)) {
            String name = sources.relativize(file).toString().replace(File.separatorChar, '/');
            if (!name.endsWith(".html") && !name.endsWith(".json") && !name.endsWith(".d.ts")) {
                served(name);
            }
        }
        for (Path file : files(sources)) {
            if (file.toString().endsWith(".html")) {
                String page = MARK.matcher(Files.readString(file)).replaceAll(this::marked);
                Files.writeString(target.resolve(file.getFileName().toString()), page);
            }
        }
        Set<String> names = new TreeSet<>();
        served.values().forEach(path -> names.add(path.substring(SERVED.length())));
        Files.write(target.resolve("list.txt"), names);
    }

    private void clear() throws IOException {
        Files.createDirectories(target);
        for (Path file : files(target)) {
            Files.delete(file);
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private String marked(MatchResult mark) {
        String name = mark.group(2);
        String text =
                mark.group(1).equals("asset")
                        ? served(name)
                        : all(name).stream()
                                .map(path -> "<link rel=\"modulepreload\" href=\"" + path + "\">")
                                .collect(Collectors.joining("\n"));
        return Matcher.quoteReplacement(text);
    }

    /** What a module imports at once, and what that imports, without the module itself. */
    private Set<String> all(String module) {
        Set<String> paths = new LinkedHashSet<>();
        for (String each : imported.getOrDefault(module, Set.of())) {
            paths.addAll(all(each));
            paths.add(served.get(each));
        }
        return paths;
    }

    /** The path that a file is served at; writes it if it is not written yet. */
    private String served(String name) {
        if (served.containsKey(name)) {
            return served.get(name);
        }
        if (open.contains(name)) {
            throw new IllegalStateException("modules import each other in a ring: " + open);
        }
        open.addLast(name);
        byte[] content = name.endsWith(".js") ? module(name) : read(name);
        String path = SERVED + hashed(name, content);
        write(path.substring(SERVED.length()), content);
        served.put(name, path);
        open.removeLast();
        return path;
    }

    private byte[] module(String name) {
        String text =
                COMMENT.matcher(new String(read(name), StandardCharsets.UTF_8)).replaceAll("");
        Function<MatchResult, String> resolved =
                found -> {
                    String wanted = target(name, found.group(3));
                    String path = served(wanted);
                    if (!found.group(1).contains("(")) {
                        imported.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(wanted);
                    }
                    return Matcher.quoteReplacement(
                            found.group(1) + found.group(2) + path + found.group(2));
                };
        String whole = IMPORT.matcher(text).replaceAll(resolved);
        return SOURCE_MAP.matcher(whole).replaceAll("").getBytes(StandardCharsets.UTF_8);
    }

    /** The file that a module means: of the sources, or {@code NAME:FILE} of a library. */
    private static String target(String name, String specifier) {
        int colon = name.indexOf(':');
        String prefix = name.substring(0, colon + 1);
        if (specifier.startsWith(".")) {
            Path folder = Path.of("/" + name.substring(colon + 1)).getParent();
            String file = folder.resolve(specifier).normalize().toString();
            return prefix + file.substring(1).replace(File.separatorChar, '/');
        }
        return LIBRARIES.keySet().stream()
                .filter(each -> specifier.equals(each) || specifier.startsWith(each + "/"))
                .findFirst()
                .map(each -> library(each, specifier))
                .orElseThrow(() -> new IllegalStateException(name + " imports " + specifier));
    }

    private static String library(String library, String specifier) {
        return library
                + ":"
                + (specifier.equals(library)
                        ? LIBRARIES.get(library)
                        : specifier.substring(library.length() + 1));
    }

    private byte[] read(String name) {
        try {
            int colon = name.indexOf(':');
            return colon < 0
                    ? Files.readAllBytes(sources.resolve(name))
                    : webjar(name.substring(0, colon), name.substring(colon + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] webjar(String library, String file) throws IOException {
        String artifact = library.replaceFirst("^@", "").replace("/", "__");
        String jar =
                Arrays.stream(classpath.split(Pattern.quote(File.pathSeparator)))
                        .filter(
                                path ->
                                        Path.of(path)
                                                .getFileName()
                                                .toString()
                                                .matches(Pattern.quote(artifact) + "-\\d.*\\.jar"))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no webjar of " + library));
        try (ZipFile zip = new ZipFile(jar)) {
            Optional<? extends ZipEntry> entry =
                    zip.stream()
                            .filter(
                                    each ->
                                            each.getName()
                                                    .matches(
                                                            "META-INF/resources/webjars/[^/]+/[^/]+/"
                                                                    + Pattern.quote(file)))
                            .findFirst();
            try (InputStream in =
                    zip.getInputStream(
                            entry.orElseThrow(
                                    () ->
                                            new IllegalStateException(
                                                    "no " + file + " in " + jar)))) {
                return in.readAllBytes();
            }
        }
    }

    /** {@code views/board.js} is {@code views-board.HASH.js}. */
    private static String hashed(String name, byte[] content) {
        int dot = name.lastIndexOf('.');
        String base = name.substring(0, dot).replaceFirst("^@", "").replaceAll("[/:]", "-");
        return base + "." + hash(content) + name.substring(dot);
    }

    private static String hash(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(String name, byte[] content) {
        try {
            Files.write(target.resolve(name), content);
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip =
                    new GZIPOutputStream(packed) {
                        {
                            def.setLevel(9);
                        }
                    }) {
                gzip.write(content);
            }
            Files.write(target.resolve(name + ".gz"), packed.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
