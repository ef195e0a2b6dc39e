internal import Glibc
public import MomentsCore
internal import MomentsSystem

/// Clips from real cameras, phones and archives, in the folder that `MOMENTS_MEDIA` names; without it there are none.
public enum RealClips {
    private static let root = getenv("MOMENTS_MEDIA").flatMap { $0.pointee == 0 ? nil : FilePath(String(cString: $0)) }

    /// The folder `judged` beside them, with what a person would choose of clips; nil where it is not there.
    public static let judged: FilePath? = root.flatMap { root in
        let folder = root.parent.appending("judged")
        return (try? FileStatus.of(folder)) == nil ? nil : folder
    }

    /// Small ones, so that the suite stays quick: a file each of many formats.
    public static let small: [FilePath] = {
        guard let root else { return [] }
        return ["broken", "format", "phone", "talk", "nature"].flatMap { folder -> [FilePath] in
            let names = (try? Folder.names(in: root.appending(folder))) ?? []
            return names.map { root.appending(folder).appending($0) }.filter {
                ((try? FileStatus.of($0))?.size ?? .max) < 420_000
            }
        }
    }()
}
