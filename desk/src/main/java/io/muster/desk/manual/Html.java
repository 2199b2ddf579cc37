package io.muster.desk.manual;

/// HTML in the making. Every text is escaped; what stands in back-ticks becomes code.
final class Html {

    private final StringBuilder page = new StringBuilder();

    /// Markup of our own.
    Html raw(String markup) {
        page.append(markup).append('\n');
        return this;
    }

    /// An element around a text.
    Html element(String name, String text) {
        return raw("<" + name + ">" + prose(text) + "</" + name + ">");
    }

    /// A row of a table, of texts.
    Html row(String... cells) {
        page.append("<tr>");
        for (String cell : cells) {
            page.append("<td>").append(prose(cell)).append("</td>");
        }
        page.append("</tr>\n");
        return this;
    }

    String page() {
        return page.toString();
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String prose(String text) {
        return escaped(text).replaceAll("`([^`]*)`", "<code>$1</code>");
    }
}
