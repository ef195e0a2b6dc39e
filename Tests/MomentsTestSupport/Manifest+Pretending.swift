import FoundationEssentials
public import MomentsCore

extension Manifest {
    /// Writes a status into a manifest as a stranger, or a daemon that was killed, would have left it.
    public mutating func pretend(_ status: JobStatus) {
        guard let document = try? MomentsJSON.document(self) else { return }
        let text = String(decoding: document, as: UTF8.self)
        // The job's own status is the only one that is indented by two blanks.
        let changed = text.split(separator: "\n").map { line in
            line.hasPrefix("  \"status\" :") ? "  \"status\" : \"\(status.rawValue)\"," : String(line)
        }
        .joined(separator: "\n")
        guard let manifest = try? MomentsJSON.decode(Manifest.self, from: Data(changed.utf8)) else { return }
        self = manifest
    }
}
