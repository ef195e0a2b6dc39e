/// Which frames a decoder smooths the edges of blocks of, which is a sixth of its work.
public enum EdgeSmoothing: Sendable {
    /// All, as they are meant to be seen.
    case everything
    /// Those that others are made of: what is left rough stays rough for itself alone.
    case references
    /// None: what others are made of drifts away from what was meant.
    case nothing
}
