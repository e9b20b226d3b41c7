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
        c.setClientKeyFile("keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json");
        c.setPassword(Files.readString(Path.of("keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf_Password.txt")).trim());
        return c;
    }

    Config bothRead() throws Exception {
        byte[] bytes = Files.readAllBytes(Paths.get("keys", "client.json"));
        String content = new String(bytes, StandardCharsets.UTF_8);
        return new Config().setClientKeyContent(content).setPassword("OldPw1!x&y");
    }

    Config parts() {
        return new Config().setClientKeyFile(Paths.get("keys", "client.json").toString()).setPassword("OldPw1!x&y");
    }

    Config unknownFolder(String folder) {
        String file = new File(folder, "clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json").getPath();
        return new Config().setClientKeyFile(file).setPassword("OldPw1!x&y");
    }
}
