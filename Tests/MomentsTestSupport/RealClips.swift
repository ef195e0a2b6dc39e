internal import Glibc
public import MomentsCore
internal import MomentsSystem

/// Clips from real cameras, phones and archives, in the folder that `MOMENTS_MEDIA` names; without it there are none.
public enum RealClips {
    /// Small ones, so that the suite stays quick: a file each of many formats.
    public static let small: [FilePath] = {
        guard let root = getenv("MOMENTS_MEDIA").map({ FilePath(String(cString: $0)) }), !root.isEmpty else {
            return []
        }
        return ["broken", "format", "phone", "talk", "nature"].flatMap { folder -> [FilePath] in
            let names = (try? Folder.names(in: root.appending(folder))) ?? []
            return names.map { root.appending(folder).appending($0) }.filter {
                ((try? FileStatus.of($0))?.size ?? .max) < 420_000
            }
        }
    }()
}
