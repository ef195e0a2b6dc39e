internal import CLibAV

/// What libav takes the processor for.
public enum MediaProcessor {
    /// Has frames scaled without gather instructions, with the same result; to be called once, before any other use.
    ///
    /// libswscale takes them for fast on processors it does not know; shrinking a frame takes up to twice as long with
    /// them.
    public static func avoidGathers() {
        #if arch(x86_64)
        av_force_cpu_flags(av_get_cpu_flags() | AV_CPU_FLAG_SLOW_GATHER)
        #endif
    }
}
