internal import Glibc
internal import MomentsCore
internal import MomentsSystem

/// Files made for a moment to see whether the kernel reports them: one for each file system of the inbox.
///
/// It proves only that changes made here are reported; what others change on a server is told by the file system's kind.
struct Canaries {
    private struct Canary {
        let name: FilePath
        let until: Moment
    }

    private var waiting: [UInt64: Canary] = [:]
    private var tested: Set<UInt64> = []
    private var blind: Set<UInt64> = []

    /// Whether a file made on this device was not reported.
    func isBlind(_ device: UInt64) -> Bool { blind.contains(device) }

    /// When the first test is over.
    var due: Moment? { waiting.values.map(\.until).min() }

    /// Makes and removes a file in a watched folder, the first time on its file system; where that is not allowed, there is
    /// no test.
    mutating func send(into folder: borrowing Descriptor, at path: FilePath) {
        guard let device = try? folder.status(path).device, tested.insert(device).inserted else { return }
        let place = AtomicFile.temporaryName(beside: FilePath("/proc/self/fd/\(folder.number)/x"))
        guard (try? Descriptor.open(place, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW)) != nil else { return }
        try? Folder.removeFile(place)
        waiting[device] = Canary(name: place.name, until: Moment.now + Self.patience)
    }

    /// Takes in the name of a reported file.
    mutating func hear(_ name: FilePath) {
        guard let device = waiting.first(where: { $0.value.name == name })?.key else { return }
        waiting[device] = nil
    }

    /// Takes in that the time for a report is over.
    ///
    /// - Returns: Whether a file system turned out to be blind.
    mutating func takeOverdue(at now: Moment) -> Bool {
        let silent = waiting.filter { $0.value.until <= now }.keys
        for device in silent {
            waiting[device] = nil
            blind.insert(device)
        }
        return !silent.isEmpty
    }

    /// How long a report may take; a busy machine is no blind one.
    private static let patience = Duration.seconds(5)
}
