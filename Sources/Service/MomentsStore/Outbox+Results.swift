internal import FoundationEssentials
internal import Glibc
public import MomentsCore
public import MomentsSystem

extension Outbox {
    /// Takes back a result that has just been shown: it vanishes at once, then its files are removed.
    ///
    /// - Parameters:
    ///   - folder: The result's folder in the outbox.
    ///   - jobID: The job it belongs to.
    /// - Throws: `SystemError` when it cannot be taken back.
    public func retract(_ folder: FilePath, of jobID: String) throws(SystemError) {
        guard manifest(in: folder)?.jobID == jobID else { return }
        try holdingStaging { held throws(SystemError) in
            try removeStaging(of: jobID, in: held)
            try Folder.moveWithoutReplacing(root.appending(folder), to: held.appending(jobID))
            try removeStaging(of: jobID, in: held)
        }
    }

    /// Finds the result of a job that was published just before the daemon was killed.
    ///
    /// - Parameter manifest: The job as its manifest beside the video still has it.
    /// - Returns: The manifest as it was published; nil when the job has no result.
    public func published(_ manifest: Manifest) -> Manifest? {
        let wanted = ResultName.safe(manifest.source.name.stem)
        for parent in parents(for: manifest.source.folder) {
            let names = (try? Folder.names(in: root.appending(parent))) ?? []
            for name in names where name.bytes.starts(with: wanted.bytes) {
                let folder = parent.appending(name)
                guard let copy = self.manifest(in: folder), copy.jobID == manifest.jobID else { continue }
                var completed = copy
                completed.source = manifest.source
                completed.result?.folder = folder
                return completed.status == .completed ? completed : nil
            }
        }
        return search(for: manifest)
    }

    /// Looks through every result: the video may have been renamed after its result was shown and before that was noted.
    private func search(for manifest: Manifest) -> Manifest? {
        guard let stored = results().first(where: { $0.jobID == manifest.jobID }),
            var completed = self.manifest(in: stored.folder)
        else { return nil }
        completed.source = manifest.source
        completed.result?.folder = stored.folder
        return completed
    }

    /// The manifest in a result's folder; nil where there is none that can be read.
    public func manifest(in folder: FilePath) -> Manifest? {
        let path = root.appending(folder).appending(Self.manifestName)
        guard let file = try? Descriptor.openRegular(path),
            let bytes = try? file.read(ManifestStore.sizeLimit, at: 0, of: path)
        else { return nil }
        guard let manifest = try? MomentsJSON.decode(Manifest.self, from: Data(bytes)), manifest.impossibility == nil
        else { return nil }
        return manifest.cut()
    }

    /// Every folder that may mirror the video's: those `makeParent` may have chosen.
    private func parents(for folder: FilePath) -> [FilePath] {
        var parents: [FilePath] = [""]
        for component in folder.components.map(ResultName.safe) {
            parents = parents.flatMap { parent in
                (1...9).map { parent.appending(ResultName.numbered(component, $0)) }
                    .filter { (try? FileStatus.of(root.appending($0)))?.kind == .folder && !isResult($0) }
            }
        }
        return parents
    }
}
