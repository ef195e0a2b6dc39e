public import MomentsCore

/// Finds the picture of a product that a request names.
public enum PictureFinder {
    /// Looks beside a video.
    ///
    /// - Parameters:
    ///   - name: The picture's name; nil for none.
    ///   - video: The video, below the folder.
    ///   - root: The folder strangers may write to.
    /// - Returns: The regular file of that name, below the folder; nil where there is none.
    public static func find(_ name: FilePath?, beside video: FilePath, in root: RootedDirectory) -> FilePath? {
        guard let name, name.components.count == 1, !name.components.contains("..") else { return nil }
        let path = video.parent.appending(name)
        guard case .there(let status) = root.look(path) else { return nil }
        return status.kind == .regular ? path : nil
    }
}
