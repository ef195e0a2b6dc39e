internal import CLinux
internal import Glibc
internal import MomentsCore

/// What a process may use at most; a limit below it that is there already stays.
public struct ResourceLimits: Hashable, Sendable {
    /// The largest file it may write, in bytes.
    public var fileSize: Int64
    /// Its descriptors.
    public var openFiles: Int64
    /// The threads it may start beside all that run on the machine.
    public var threads: Int64
    /// Seconds of processor time: a backstop far beyond what any job takes.
    public var processorTime: Int64

    /// Makes limits.
    public init(
        fileSize: Int64 = .max,
        openFiles: Int64 = 256,
        threads: Int64 = 1024,
        processorTime: Int64 = 7 * 24 * 3600
    ) {
        self.fileSize = fileSize
        self.openFiles = openFiles
        self.threads = threads
        self.processorTime = processorTime
    }

    func apply() {
        // Writing too much fails with EFBIG then, which is told as any full disk is.
        signal(SIGXFSZ, SIG_IGN)
        lower(moments_limit_file_size, to: fileSize)
        lower(moments_limit_files, to: openFiles)
        // The kernel counts all threads of the user, wherever they run: the machine's are at least as many.
        lower(moments_limit_threads, to: Self.runningThreads + threads)
        lower(moments_limit_processor, to: processorTime)
        // A crash must not write a stranger's video, as a core file, anywhere.
        lower(moments_limit_core, to: 0)
        lower(moments_limit_locked, to: 0)
        lower(moments_limit_queues, to: 0)
    }

    private func lower(_ resource: CInt, to value: Int64) { moments_lower_limit(resource, UInt64(clamping: value)) }

    /// The machine's threads, as in "0.20 0.18 0.12 1/80 11206".
    private static var runningThreads: Int64 {
        guard
            let text = try? Descriptor.open("/proc/loadavg", O_RDONLY).read(128, at: 0, of: "/proc/loadavg"),
            let words = String(validating: text, as: UTF8.self)?.split(separator: " "), words.count > 3,
            let count = words[3].split(separator: "/").last.flatMap({ Int64($0) })
        else { return 1 << 16 }
        return count
    }
}
