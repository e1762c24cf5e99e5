import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replays a scenario: calls the program with each case, or runs the tests that are named, and writes what came out. */
public class Trial {
    private static final long SECONDS_OF_A_CASE = 5;
    private static final long SECONDS_OF_A_TEST = 20;
    private static int left;

    public static void main(String[] arguments) throws Exception {
        String scenario = new String(Files.readAllBytes(Paths.get(System.getenv("MOSS_SCENARIO"))), "UTF-8");
        String program = strings(scenario, "program").get(0);
        List<String> names = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        List<String> cases = strings(scenario, "cases");
        left = 1;
        for (String text : cases) {
            answers.add(within(SECONDS_OF_A_CASE, () -> Cases.call(program, text)));
        }

        left = 2;
        List<String> chosen = strings(scenario, "tests");
        if (!chosen.isEmpty()) {
            for (Method test : tests(program)) {
                if (chosen.contains("all") || chosen.contains(test.getName())) {
                    names.add(Cases.quoted(test.getName()));
                    answers.add(within(SECONDS_OF_A_TEST, () -> run(test)));
                }
            }
        }

        String answer = "{\"names\": " + names + ", \"answers\": " + answers + "}";
        Path out = Paths.get(System.getenv("MOSS_OUT"), "answer.json");
        Files.write(out, answer.getBytes("UTF-8"));
        Runtime.getRuntime().halt(0);
    }

    private static List<Method> tests(String program) throws Exception {
        List<Method> found = new ArrayList<>();
        for (Method method : Class.forName("java_programs." + program + "_TEST").getMethods()) {
            if (method.getAnnotation(org.junit.Test.class) != null) {
                found.add(method);
            }
        }
        found.sort(Comparator.comparing(Method::getName));
        return found;
    }

    private static String run(Method test) throws Exception {
        Class<? extends Throwable> expected = test.getAnnotation(org.junit.Test.class).expected();
        boolean any = expected != org.junit.Test.None.class;
        try {
            test.invoke(test.getDeclaringClass().getConstructor().newInstance());
            return Cases.quoted(any ? "failed" : "passed");
        } catch (InvocationTargetException thrown) {
            return Cases.quoted(any && expected.isInstance(thrown.getCause()) ? "passed" : "failed");
        }
    }

    /** One that does not end is given up, and after one case or two tests so is all that follows: they still burn the processor. */
    private static String within(long seconds, Callable<String> call) throws Exception {
        if (left == 0) {
            return Cases.quoted("not run");
        }
        String[] answer = {null};
        Thread thread = new Thread(() -> {
            try {
                answer[0] = call.call();
            } catch (Throwable thrown) {
                Throwable cause = thrown instanceof InvocationTargetException ? thrown.getCause() : thrown;
                answer[0] = Cases.quoted("throws " + cause.getClass().getSimpleName());
            }
        });
        thread.setDaemon(true);
        thread.start();
        thread.join(seconds * 1000);
        boolean hangs = thread.isAlive();
        left -= hangs ? 1 : 0;
        return hangs ? Cases.quoted("hangs") : answer[0];
    }

    /** Texts of a list, or the one text, under a name. Cases are made of plain letters alone: nothing is escaped. */
    private static List<String> strings(String json, String name) {
        List<String> found = new ArrayList<>();
        Matcher list = Pattern.compile("\"" + name + "\"\\s*:\\s*(\\[[^\\]]*\\]|\"[^\"]*\")").matcher(json);
        if (list.find()) {
            Matcher text = Pattern.compile("\"([^\"]*)\"").matcher(list.group(1));
            while (text.find()) {
                found.add(text.group(1));
            }
        }
        return found;
    }
}
