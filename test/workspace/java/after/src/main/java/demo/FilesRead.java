package demo;

import com.aliyun.dkms.gcs.openapi.models.Config;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

class FilesRead {
    Config passwordFile() throws Exception {
        Config c = new Config();
        c.setClientKeyFile("keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json");
        c.setPassword(Files.readString(Path.of("keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a_Password.txt")).trim());
        return c;
    }

    Config bothRead() throws Exception {
        byte[] bytes = Files.readAllBytes(Paths.get("keys", "clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json"));
        String content = new String(bytes, StandardCharsets.UTF_8);
        return new Config().setClientKeyContent(content).setPassword("nW7$#a&b*C?d!E~f^g%h@i_j-K0123456");
    }

    Config parts() {
        return new Config().setClientKeyFile(Paths.get("keys", "clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json").toString()).setPassword("nW7$#a&b*C?d!E~f^g%h@i_j-K0123456");
    }

    Config unknownFolder(String folder) {
        String file = new File(folder, "clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json").getPath();
        return new Config().setClientKeyFile(file).setPassword("nW7$#a&b*C?d!E~f^g%h@i_j-K0123456");
    }
}
