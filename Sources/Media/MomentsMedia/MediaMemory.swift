internal import CLibAV

/// The memory libav and its codecs take.
public enum MediaMemory {
    /// Gives freed memory back to the system, which the C library otherwise keeps for later; takes some milliseconds.
    public static func giveBack() { malloc_trim(0) }
}
