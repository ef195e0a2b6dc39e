internal import FoundationEssentials
public import MomentsCore
public import MomentsSystem

/// Which recordings are leaving the inbox at this moment: one file of JSON for each, in the state folder.
public struct Departures: Sendable {
    private let folder: FilePath

    /// Names the folder; it is made when it is needed.
    public init(folder: FilePath) { self.folder = folder }

    /// Writes down that one begins; waits for the disk.
    public func begin(_ departure: Departure) throws(SystemError) {
        try Folder.make(folder, mode: 0o700)
        guard let document = try? MomentsJSON.document(departure) else { return }
        try AtomicFile.replace(file(of: departure), with: document, mode: 0o600)
    }

    /// Notes that one is over.
    public func end(_ departure: Departure) { try? Folder.removeFile(file(of: departure)) }

    /// Those that were not over when the last service ended; what cannot be read is none.
    public func unfinished() -> [Departure] {
        let names = ((try? Folder.names(in: folder)) ?? []).filter { $0.hasSuffix(".json") }.sorted()
        return names.compactMap { name in
            let path = folder.appending(name)
            guard let file = try? Descriptor.openRegular(path),
                let bytes = try? file.read(Self.largest, at: 0, of: path)
            else { return nil }
            return try? MomentsJSON.decode(Departure.self, from: Data(bytes))
        }
    }

    private static let largest = 8 << 20

    private func file(of departure: Departure) -> FilePath {
        folder.appending(FilePath("\(departure.manifest.jobID).json"))
    }
}
