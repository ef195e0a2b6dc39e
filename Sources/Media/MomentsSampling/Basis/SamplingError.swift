/// Why nothing is known of a video's frames.
public enum SamplingError: Error {
    /// Not one of them could be decoded.
    case nothingDecodes
}
