/// What this build is.
public enum Version {
    /// The release's number, as `--version` and `/health` show it.
    public static let text = "0.1.0"
}
