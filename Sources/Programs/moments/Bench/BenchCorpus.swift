internal import FoundationEssentials
internal import Glibc
internal import MomentsCore
internal import MomentsSystem

/// The videos of a folder of which the truth is known.
struct BenchCorpus {
    /// A video and what is known of it.
    struct Video {
        /// The video, as an absolute path without links.
        let path: FilePath
        /// What is known of it.
        let truth: BenchTruth
    }

    /// Finds them: in the folder itself and in its folders `planted` and `scenes`, by name.
    ///
    /// - Parameter folder: Where to look.
    /// - Returns: Those with planted moments, then those with known cuts; not empty.
    /// - Throws: `Failure` where there are none, or a truth cannot be understood.
    static func videos(in folder: FilePath) throws(Failure) -> [Video] {
        let suffix = ".truth.json"
        var videos: [Video] = []
        for place in [folder, folder.appending("planted"), folder.appending("scenes")] {
            let names: [FilePath]
            do { names = try Folder.names(in: place) } catch {
                if place == folder { throw Failure("\(error)") }
                continue
            }
            for name in names.sorted() where name.hasSuffix(suffix) {
                let truth = try BenchTruth.read(absolute(place.appending(name)))
                let stem = FilePath(bytes: name.bytes.dropLast(suffix.utf8.count))
                // A truth of a kind that nothing is scored by, or whose video is not there.
                guard let truth, let video = names.first(where: { $0.stem == stem && $0 != name }) else { continue }
                videos.append(Video(path: try absolute(place.appending(video)), truth: truth))
            }
        }
        guard !videos.isEmpty else {
            throw Failure(
                "'\(folder.display)' holds no NAME.truth.json with a video beside it, nor do planted and scenes in it"
            )
        }
        return videos.filter { $0.truth.kind == .planted } + videos.filter { $0.truth.kind == .cuts }
    }

    /// Reads a file once, so that whoever is measured first does not pay for the disk.
    ///
    /// - Parameter file: The file as a person named it.
    /// - Returns: The file as an absolute path without links.
    /// - Throws: `Failure` when it cannot be read.
    static func readThrough(_ file: FilePath) throws(Failure) -> FilePath {
        let path = try absolute(file)
        do throws(SystemError) {
            let descriptor = try Descriptor.openRegular(path)
            var offset: Int64 = 0
            while true {
                let bytes = try descriptor.read(4 << 20, at: offset, of: path)
                if bytes.isEmpty { return path }
                offset += Int64(bytes.count)
            }
        } catch { throw Failure("\(error)") }
    }

    private static func absolute(_ file: FilePath) throws(Failure) -> FilePath {
        do { return try Folder.resolved(Folder.absolute(file)) } catch { throw Failure("\(error)") }
    }
}
