import java_programs.Node;
import java.util.ArrayList;

/** Graphs of the data set's own nodes. */
class Graphs {
    /** Nodes 0 to n-1 with edges such as 0>1. */
    static Object[] nodes(int count, String edges) {
        Node[] nodes = new Node[count];
        for (int i = 0; i < count; i++) {
            nodes[i] = new Node(String.valueOf(i));
        }
        for (int i = 0; i < count; i++) {
            ArrayList<Node> successors = new ArrayList<>();
            for (String edge : Cases.words(edges)) {
                String[] ends = edge.split(">");
                if (Integer.parseInt(ends[0]) == i) {
                    successors.add(nodes[Integer.parseInt(ends[1])]);
                }
            }
            nodes[i].setSuccessors(successors);
        }
        return nodes;
    }

    /** A list whose last node leads back to the node at a place, or nowhere when that is negative; null when it is empty. */
    static Object list(int count, int back) {
        Node[] nodes = new Node[count];
        for (int i = 0; i < count; i++) {
            nodes[i] = new Node(String.valueOf(i));
        }
        for (int i = 0; i < count; i++) {
            nodes[i].setSuccessor(i + 1 < count ? nodes[i + 1] : back >= 0 ? nodes[back] : null);
        }
        return count == 0 ? null : nodes[0];
    }
}
