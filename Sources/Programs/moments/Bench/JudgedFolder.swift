internal import FoundationEssentials
internal import Glibc
internal import MomentsBench
internal import MomentsCore
internal import MomentsSystem

/// A folder of clips of which a person has judged what is worth showing.
struct JudgedFolder {
    /// A clip.
    struct Clip {
        /// Its name: the truth file's without its ending.
        let name: FilePath
        /// The video, as an absolute path without links.
        let video: FilePath
        /// What is known of it.
        let truth: JudgedTruth
        /// The reel that a second editor made of it; nil where there is none.
        let editor: JudgedReel?
    }

    /// The clips, by name; not empty.
    let clips: [Clip]
    /// What has a truth, but no video: a sentence each.
    let missing: [String]

    /// Reads the truths.
    ///
    /// - Parameters:
    ///   - folder: Where they are.
    ///   - pattern: The names wanted, with `*`, `?` and `[…]` as in a shell; nil for all.
    /// - Throws: `Failure` where there is no clip, or a truth cannot be understood.
    init(_ folder: FilePath, only pattern: FilePath?) throws(Failure) {
        let suffix = ".truth.json"
        var (clips, missing): ([Clip], [String]) = ([], [])
        do {
            let folder = try Folder.resolved(Folder.absolute(folder))
            for file in try Folder.names(in: folder).sorted() where file.hasSuffix(suffix) {
                let name = FilePath(bytes: file.bytes.dropLast(suffix.utf8.count))
                guard pattern.map({ Self.matches(name, $0) }) ?? true else { continue }
                let truth: JudgedTruth = try Self.read(folder.appending(file))
                let place = truth.file.isAbsolute ? truth.file : folder.appending(truth.file)
                guard let video = try? Folder.resolved(place) else {
                    missing.append("'\(name.display)' is left out: there is no '\(place.display)'")
                    continue
                }
                let reel = folder.appending("editor").appending(name).appending("highlight.json")
                let hasReel = (try? FileStatus.of(reel)) != nil
                let editor: JudgedReel? = hasReel ? try Self.read(reel) : nil
                clips.append(Clip(name: name, video: video, truth: truth, editor: editor))
            }
            let taught = try JudgmentTruths(folder)
            for (name, video, truth) in taught.truths where pattern.map({ Self.matches(name, $0) }) ?? true {
                clips.append(Clip(name: name, video: video, truth: truth, editor: nil))
            }
            missing += taught.missing
        } catch let failure as Failure { throw failure } catch { throw Failure("\(error)") }
        guard !clips.isEmpty else {
            let names = pattern.map { "\($0.display).truth.json" } ?? "NAME.truth.json"
            throw Failure(missing.first ?? "'\(folder.display)' holds no \(names) of a clip that is there")
        }
        self.clips = clips
        self.missing = missing
    }

    private static func matches(_ name: FilePath, _ pattern: FilePath) -> Bool {
        func cString(_ path: FilePath) -> [CChar] { path.bytes.map { CChar(bitPattern: $0) } + [0] }
        return fnmatch(cString(pattern), cString(name), 0) == 0
    }

    private static func read<Value: Decodable>(_ path: FilePath) throws -> Value {
        let data = Data(try Descriptor.openRegular(path).read(16 << 20, at: 0, of: path))
        do { return try MomentsJSON.decode(Value.self, from: data) } catch {
            throw Failure("'\(path.display)' is not understood: \(Escaping.line("\(error)"))")
        }
    }
}
