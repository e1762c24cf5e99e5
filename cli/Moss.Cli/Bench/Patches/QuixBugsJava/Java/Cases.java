import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Cases as text: arguments between bars, numbers between blanks, rows between semicolons. */
class Cases {
    static String call(String program, String text) throws Exception {
        String[] parts = text.split("\\|", -1);
        Method method = method(program);
        Class<?>[] types = method.getParameterTypes();
        Object[] arguments = new Object[types.length];
        if (program.equals("DEPTH_FIRST_SEARCH")) {
            Object[] nodes = Graphs.nodes(Integer.parseInt(parts[0]), parts[3]);
            arguments = new Object[] {nodes[Integer.parseInt(parts[1])], nodes[Integer.parseInt(parts[2])]};
        } else if (program.equals("DETECT_CYCLE")) {
            arguments = new Object[] {Graphs.list(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]))};
        } else {
            for (int i = 0; i < types.length; i++) {
                arguments[i] = argument(types[i], parts[i], program.equals("RPN_EVAL"));
            }
        }
        return shown(method.invoke(null, arguments), program.equals("SQRT"));
    }

    private static Method method(String program) throws Exception {
        for (Method method : Class.forName("java_programs." + program).getDeclaredMethods()) {
            if (method.getName().equals(program.toLowerCase())) {
                return method;
            }
        }
        throw new NoSuchMethodException(program.toLowerCase());
    }

    private static Object argument(Class<?> type, String text, boolean tokens) {
        if (type == int.class) {
            return Integer.parseInt(text);
        } else if (type == double.class) {
            return Double.parseDouble(text);
        } else if (type == String.class) {
            return text;
        } else if (type == int[].class) {
            return Arrays.stream(words(text)).mapToInt(Integer::parseInt).toArray();
        } else if (type == int[][].class) {
            return Arrays.stream(text.isEmpty() ? new String[0] : text.split(";"))
                .map(row -> Arrays.stream(words(row)).mapToInt(Integer::parseInt).toArray()).toArray(int[][]::new);
        } else if (type == Map.class) {
            return edges(text);
        }
        List<Object> list = new ArrayList<>();
        for (String word : words(text)) {
            list.add(!tokens ? Integer.valueOf(word) : "+-*/".contains(word) ? word : (Object) Double.valueOf(word));
        }
        return list;
    }

    private static Map<List<Integer>, Integer> edges(String text) {
        Map<List<Integer>, Integer> edges = new HashMap<>();
        for (String word : words(text)) {
            String[] numbers = word.split("[>=]");
            edges.put(Arrays.asList(Integer.valueOf(numbers[0]), Integer.valueOf(numbers[1])), Integer.valueOf(numbers[2]));
        }
        return edges;
    }

    static String[] words(String text) {
        return text.trim().isEmpty() ? new String[0] : text.trim().split(" +");
    }

    private static String shown(Object value, boolean asNumber) {
        if (asNumber && value instanceof Double && !((Double) value).isNaN() && !((Double) value).isInfinite()) {
            return value.toString();
        }
        if (value instanceof Map) {
            Map<String, Object> sorted = new TreeMap<>();
            ((Map<?, ?>) value).forEach((key, length) -> sorted.put(String.valueOf(key), length));
            return quoted(sorted.toString());
        }
        return quoted(String.valueOf(value));
    }

    static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
