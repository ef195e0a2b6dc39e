internal import CLibAV

/// The memory libav and its codecs take.
public enum MediaMemory {
    /// Has every large block go back to the system as soon as it is freed; to be called once, before anything is
    /// decoded.
    ///
    /// By itself the C library keeps blocks of up to 32 MiB, once it has seen one freed, among all others. Decoders on
    /// several threads then leave holes of the size of frames: a fifth more memory at 4K.
    public static func keepTidy() {
        mallopt(M_MMAP_THRESHOLD, 1 << 20)
        mallopt(M_TRIM_THRESHOLD, 4 << 20)
    }

    /// Gives freed memory back to the system, which the C library otherwise keeps for later; takes some milliseconds.
    public static func giveBack() { malloc_trim(0) }
}
