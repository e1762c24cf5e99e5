namespace Moss.Workspaces;

/// <summary>
/// An <c>update</c> hook that lets one branch be moved by a merge that one key signed, and by nothing else: no other commit, no force, no
/// removal, no creation. Git runs it in the receiving repository, once for each branch of a push.
/// </summary>
/// <param name="Branch">The branch.</param>
/// <param name="PublicKey">One line of a <c>.pub</c> file.</param>
internal sealed record GuardHook(string Branch, string PublicKey)
{
    /// <summary>The name that git looks for.</summary>
    public const string FileName = "update";

    /// <summary>The hook for a branch whose name can stand in a script as it is.</summary>
    /// <exception cref="RepositoryException">It cannot.</exception>
    public static GuardHook For(string branch, string publicKey) =>
        (branch + publicKey).All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '/' or '-' or '+' or '=' or ' ' or '@')
            ? new GuardHook(branch, publicKey)
            : throw new RepositoryException($"no hook is written for '{branch}' and this key: give the branch a name of letters, digits and . _ / -, and the key no comment.");

    /// <summary>The whole script. Nothing of a push is run or believed: not its replacements of objects, not its configuration.</summary>
    public string Text => $$"""
        #!/bin/sh
        # Moss oversight: {{Branch}} moves by merges alone that the key below signed.
        [ "$1" = 'refs/heads/{{Branch}}' ] || exit 0
        export GIT_NO_REPLACE_OBJECTS=1
        refuse() { echo "oversight: {{Branch}} $1" >&2; exit 1; }
        case $2 in *[!0]*) ;; *) refuse 'is made by taking this hook away, not by a push' ;; esac
        case $3 in *[!0]*) ;; *) refuse 'is not removed' ;; esac
        set -- "$1" "$2" "$3" $(git rev-list --parents --max-count=1 "$3")
        [ "$#" -eq 6 ] && [ "$5" = "$2" ] || refuse 'moves by one merge onto what it holds; sign it: moss oversight sign'
        signers=$(mktemp) || refuse 'cannot be checked: there is no room for a file'
        trap 'rm -f "$signers"' EXIT
        printf '%s\n' 'moss namespaces="git" {{Key}}' > "$signers"
        git -c gpg.format=ssh -c gpg.ssh.program=ssh-keygen -c gpg.program=false -c gpg.openpgp.program=false -c gpg.x509.program=false \
            -c "gpg.ssh.allowedSignersFile=$signers" verify-commit "$3" 2>/dev/null ||
            refuse 'takes merges alone that the key of oversight signed; sign it: moss oversight sign'

        """;

    /// <summary>Type and key without the comment, which could be anything.</summary>
    private string Key => string.Join(' ', PublicKey.Split(' ').Take(2));
}
